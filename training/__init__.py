"""How the data and the weights that the package ships are made."""
