/// Columns by their type; nil when the column is missing, null, or of another type.
extension StoreRow {
    package func integer(_ name: String) -> Int64? {
        guard case .integer(let value)? = self[name] else { return nil }
        return value
    }

    package func real(_ name: String) -> Double? {
        guard case .real(let value)? = self[name] else { return nil }
        return value
    }

    package func text(_ name: String) -> String? {
        guard case .text(let value)? = self[name] else { return nil }
        return value
    }

    package func blob(_ name: String) -> [UInt8]? {
        guard case .blob(let value)? = self[name] else { return nil }
        return value
    }
}
