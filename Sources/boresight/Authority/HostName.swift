import Glibc

/// A name or an address that a certificate is about.
enum HostName: Equatable {
    case name(String)
    /// 4 or 16 bytes; in what an authority is permitted, twice as many: the address and its mask.
    case address([UInt8])

    /// As people write it, without brackets.
    init(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            self = .address(withUnsafeBytes(of: four) { Array($0) })
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            self = .address(withUnsafeBytes(of: six) { Array($0) })
        } else {
            self = .name(text.lowercased())
        }
    }

    var bytes: [UInt8] {
        switch self {
        case .name(let name): Array(name.utf8)
        case .address(let bytes): bytes
        }
    }

    /// What this machine calls itself; with `.local` behind it where mDNS tells others.
    static var ofThisMachine: [String] {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return [] }
        let text = String(
            decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard !text.isEmpty else { return [] }
        return text.contains(".") ? [text] : [text, text + ".local"]
    }
}
