"""The office's paper: typefaces, margins, numbering, marks and boxes, which every paper of the house is drawn on."""
