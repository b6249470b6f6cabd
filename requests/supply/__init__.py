"""What is asked for, and will be, against who can be asked (MAT-5)."""
