import JSON

/// Locations as people read them.
enum LocationText {
    /// Latitude, longitude and altitude, with a dash for what is not known.
    static func coordinates(_ location: JSONObject) -> [String] {
        let values = location["geometry"]?.objectValue?["coordinates"]?.arrayValue ?? []
        let numbers = values.map { $0.doubleValue }
        guard numbers.count >= 2, let longitude = numbers[0], let latitude = numbers[1] else {
            return ["-", "-", "-"]
        }
        let altitude = numbers.count > 2 ? numbers[2] : nil
        // Six decimals are a tenth of a metre on the ground.
        return [
            Words.decimal(latitude, 6), Words.decimal(longitude, 6),
            altitude.map { Words.decimal($0, 1) } ?? "-",
        ]
    }

    /// In the form in which it is written.
    static func position(_ location: JSONObject) -> String {
        coordinates(location).filter { $0 != "-" }.joined(separator: ",")
    }

    /// Whom the location follows, in the words that 'follow' takes.
    static func source(_ source: JSONObject?) -> String {
        source?["type"]?.stringValue ?? "nobody"
    }
}
