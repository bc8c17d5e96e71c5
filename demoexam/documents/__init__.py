"""Paper: values in, PDF bytes out; forms are data over one frame."""
