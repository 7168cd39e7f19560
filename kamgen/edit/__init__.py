"""The only code that writes account files: whole files, swapped in when they are finished."""
