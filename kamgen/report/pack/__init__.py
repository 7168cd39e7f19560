"""Packs as text: the review of one account, the executive review of all, and the handover of one."""
