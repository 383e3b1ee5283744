import Foundation

/// The living processes of this machine.
package enum MachineProcesses {
    /// Those that have this, such as `NAME=value`, in their environment.
    package static func carrying(_ variable: String) -> [Int32] {
        let wanted = Array(variable.utf8)
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.compactMap(Int32.init).sorted().filter { id in
            guard let data = FileManager.default.contents(atPath: "/proc/\(id)/environ") else {
                return false
            }
            return data.split(separator: 0).contains { $0.elementsEqual(wanted) }
        }
    }
}
