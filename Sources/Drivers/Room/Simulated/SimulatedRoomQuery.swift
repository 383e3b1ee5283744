/// The query of an address, without percent decoding: what is looked for has nothing to decode.
struct SimulatedRoomQuery {
    private let members: [(key: Substring, value: Substring)]

    init(_ address: String) {
        let query = address.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        members = query.split(separator: "&").map { member in
            let parts = member.split(separator: "=", maxSplits: 1)
            return (parts.first ?? "", parts.dropFirst().first ?? "")
        }
    }

    subscript(key: String) -> String? {
        members.first { $0.key == key }.map { String($0.value) }
    }
}
