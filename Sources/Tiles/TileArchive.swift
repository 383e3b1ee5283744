/// One open tile file, whatever its format. Not for two threads.
protocol TileArchive: AnyObject {
    /// What the file says of itself, checked.
    var map: MapDescription { get }
    /// The bytes of a tile; nil when there is none.
    func tile(at address: TileAddress) throws(TileProblem) -> [UInt8]?
}
