/// Why a file cannot be read.
struct FileProblem: Error, Equatable {
    let isMissing: Bool
    let message: String
}
