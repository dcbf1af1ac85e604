// pricing adds up the lines of an order and the tax in it. It keeps nothing, so asking twice does no harm.
package main

var version = "dev"

const (
	taxPercent = 19
	// more than this in one order is a mistake, and products of it stay far from overflow
	most = 1 << 24
)

func main() {
	serve(map[string]method{"/shop.pricing.v2.PricingService/Quote": quote})
}

// quote reads QuoteRequest and writes QuoteResponse of contracts/proto/shop/pricing/v2/pricing.proto.
func quote(request []byte) ([]byte, int) {
	fields, err := decode(request)
	if err != nil || len(fields) > 1000 {
		return nil, invalidArgument
	}
	var total uint64
	for _, f := range fields {
		if f.number != 1 {
			continue
		}
		line, err := decode(f.bytes)
		if err != nil {
			return nil, invalidArgument
		}
		var quantity, unit uint64
		for _, part := range line {
			switch part.number {
			case 2:
				quantity = part.value
			case 3:
				unit = part.value
			}
		}
		if quantity > most || unit > most*16 {
			return nil, invalidArgument
		}
		total += quantity * unit
	}
	return varint(varint(nil, 1, total), 2, total*taxPercent/(100+taxPercent)), okay
}
