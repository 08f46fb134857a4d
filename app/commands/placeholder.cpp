namespace stepwise {}
