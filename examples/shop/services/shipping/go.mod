module shipping

go 1.26
