module forecast

go 1.26
