"""Pickers: fields in which a row of another table is chosen by its name, in every form of the desk.

One order for all (`ranking`), one widget (`widget`), one way to add what is not there (`quick_add`).
"""
