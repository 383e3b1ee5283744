import Drivers
import Foundation

extension RoomFixture {
    /// One of `Fixtures/rooms`, such as `quick-lobby`.
    static func file(_ name: String) throws -> RoomFixture {
        try RoomFixture(Array(Data(contentsOf: folder.appending(path: name + ".json"))))
    }

    static var folder: URL {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return root.appending(path: "Fixtures/rooms")
    }
}
