"""Steps 3 and 4: attributions to quotes, with their fragments, types, contexts and verbs."""
