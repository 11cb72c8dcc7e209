"""The map of what exists (社会資源の一覧): people, places and services of the town, formal and informal. It knows of no case."""
