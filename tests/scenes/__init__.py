"""Scenes: every page in every state worth looking at. Pictures and checks of all pages use them.

A scene is a function of a `Stage` that brings the window into that state and returns the widget to
be looked at. Each page's scenes stand in a module of their own here, as its `SCENES`.
"""
