"""What a framework is: its document model, formulas, rules and texts; pure, without any input or output."""
