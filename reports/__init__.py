"""Figures of a year (年度統計): each with its definition, and each opening to the rows behind it, within rights."""
