"""The systems that goldwire runs itself."""
