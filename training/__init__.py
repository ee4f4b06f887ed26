"""How the embedded model is made: prepare ▸ train ▸ export ▸ evaluate, one command each, or all of a recipe."""
