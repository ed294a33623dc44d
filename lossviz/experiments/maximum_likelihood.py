"""What lesson 06 computes."""
