"""What lesson 04 computes."""
