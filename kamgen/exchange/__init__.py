"""What crosses the border: exports of other systems in, kamgen's own data out."""
