"""Pages as tagged PDF: what makes them, and a Typst template for each."""
