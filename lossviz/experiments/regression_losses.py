"""What lesson 02 computes."""
