"""Hours, free time, rhythms, prices and passes: values in, values out."""
