"""The records of a workspace: frozen, plain values. JSON Schema comes from here."""
