"""The commands that write what happened: one for each kind of slip, `apply`, and the review as a dialogue."""
