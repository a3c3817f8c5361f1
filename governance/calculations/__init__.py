"""The formulas of the room: values in, values out."""
