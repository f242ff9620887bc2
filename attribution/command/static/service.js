"use strict";
// In: a request to the service that served the page. Out: its answer. Throws a problem: { title, detail, code }.

const Service = (() => {
  const UNREACHED = {
    title: "No answer",
    detail: "The service cannot be reached. Check that it is running and that you are connected, then try again.",
    again: true,
  };
  const UNREADABLE = {
    title: "Unreadable answer",
    detail: "The answer did not come from the service. If there is a sign-in page in front of it, sign in, then try again.",
    again: true,
  };

  const broken = (error, problem) => (error.name === "AbortError" ? error : problem);

  /** The response of `fetch`, if it is a success. */
  async function reach(address, options) {
    const response = await fetch(address, options).catch((error) => {
      throw broken(error, UNREACHED);
    });
    if (response.ok) return response;
    const title = `${response.status} ${response.statusText}`.trim();
    const detail = "The service, or a proxy in front of it, refused without giving a reason.";
    throw { title, detail, again: response.status >= 500, status: response.status, ...(await response.json().catch(() => ({}))) };
  }

  /** The answer to an order, sent as JSON. */
  async function ask(address, order, signal) {
    const key = DOM.at("key").value;
    const headers = { "Content-Type": "application/json", ...(key ? { "X-API-Key": key } : {}) };
    const response = await reach(address, { method: "POST", headers, body: JSON.stringify(order), signal });
    return response.json().catch((error) => {
      throw broken(error, UNREADABLE);
    });
  }

  return { reach, ask };
})();
