// forecast says how warm it will be at a place. It is an example: the same place and day always have the same weather.
package main

import "hash/fnv"

var version = "dev"

func main() {
	serve(map[string]method{"/weather.forecast.v1.ForecastService/Forecast": forecast})
}

// forecast reads ForecastRequest and writes ForecastResponse of contracts/proto/weather/forecast/v1/forecast.proto.
func forecast(request []byte) ([]byte, int) {
	fields, err := decode(request)
	if err != nil {
		return nil, invalidArgument
	}
	var place []byte
	var day uint64
	for _, f := range fields {
		switch f.number {
		case 1:
			place = f.bytes
		case 2:
			day = f.value
		}
	}
	if len(place) == 0 || day > 14 {
		return nil, invalidArgument
	}
	hash := fnv.New32a()
	hash.Write(append(place, byte(day)))
	return varint(nil, 1, uint64(hash.Sum32()%30)), okay
}
