"""Steps 3 and 4: from attributions to quotes, with their fragments, types, contexts and verbs."""
