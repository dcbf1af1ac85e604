module pricing

go 1.26
