"""Pay: proposals, files out and in, payslips."""
