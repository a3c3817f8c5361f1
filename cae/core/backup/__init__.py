"""One file that holds a whole cooperative: database, stored files, and a manifest that proves them."""
