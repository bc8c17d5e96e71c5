"""Parts of the directory pages: sources, forms, inspectors."""
