"""What the accountant types: accounts, scales, who they apply to."""
