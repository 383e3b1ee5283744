import JSON
import Station

/// One condition that a device to be leased must meet (001).
struct DeviceFilter: Sendable {
    enum Attribute: String, CaseIterable {
        case platform
        case type
        case name
        case osVersion
    }

    enum Comparison: String, CaseIterable {
        case equals = "EQUALS"
        case startsWith = "STARTS_WITH"
        case contains = "CONTAINS"
    }

    private let attribute: Attribute
    private let comparison: Comparison
    private let value: String

    /// More conditions than attributes times comparisons say nothing more.
    static let counts = 1...32

    /// Reads `filters`; at least one, or a slip would lease any device.
    static func all(_ value: JSONValue?) throws(APIError) -> [DeviceFilter] {
        guard let values = value?.arrayValue, counts.contains(values.count) else {
            throw APIError(
                400, #"name a "device", or give "filters", a list of 1 to \#(counts.upperBound)"#)
        }
        var filters: [DeviceFilter] = []
        for (index, value) in values.enumerated() {
            filters.append(try DeviceFilter(value, place: "filters[\(index)]"))
        }
        return filters
    }

    private init(_ value: JSONValue, place: String) throws(APIError) {
        guard let object = value.objectValue else {
            throw APIError(400, #""\#(place)" must be an object"#)
        }
        guard let attribute = object["attribute"]?.stringValue.flatMap(Attribute.init) else {
            let names = Attribute.allCases.map(\.rawValue).joined(separator: ", ")
            throw APIError(400, #""\#(place).attribute" must be one of \#(names)"#)
        }
        guard let comparison = object["operator"]?.stringValue.flatMap(Comparison.init) else {
            let names = Comparison.allCases.map(\.rawValue).joined(separator: ", ")
            throw APIError(400, #""\#(place).operator" must be one of \#(names)"#)
        }
        guard let text = object["value"]?.stringValue else {
            throw APIError(400, #""\#(place).value" must be a text"#)
        }
        (self.attribute, self.comparison, self.value) = (attribute, comparison, text)
    }

    func matches(_ device: Device.Description) -> Bool {
        let text =
            switch attribute {
            case .platform: device.platform
            case .type: device.type
            case .name: device.name
            case .osVersion: device.osVersion
            }
        return switch comparison {
        case .equals: text == value
        case .startsWith: text.hasPrefix(value)
        case .contains: text.contains(value)
        }
    }
}
