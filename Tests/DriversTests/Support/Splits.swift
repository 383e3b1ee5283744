/// The ways in which a byte stream may arrive: whole, cut once at each place, byte by byte.
func everySplit(of bytes: [UInt8]) -> [[[UInt8]]] {
    var ways = [[bytes], bytes.map { [$0] }]
    for cut in bytes.indices.dropFirst() {
        ways.append([Array(bytes[..<cut]), Array(bytes[cut...])])
    }
    return ways
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
