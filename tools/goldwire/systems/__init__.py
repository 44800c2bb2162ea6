"""Systems: how they are asked, what their libraries' outputs mean, and the baselines that goldwire runs itself."""
