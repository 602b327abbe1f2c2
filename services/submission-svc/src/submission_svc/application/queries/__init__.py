"""What reads; each query takes the viewer."""
