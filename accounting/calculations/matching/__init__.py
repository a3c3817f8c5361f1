"""Which items of the books a line of the bank settles, with the reasons (ACC-36). Pure."""
