"""The only code that opens account and playbook files. Wrong content becomes problems, never exceptions."""
