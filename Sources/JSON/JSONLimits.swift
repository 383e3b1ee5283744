/// The bounds of reading JSON.
package struct JSONLimits: Sendable {
    /// Arrays and objects inside each other; from the contract. Each level costs stack.
    package var depth = 64
    /// Bytes of one number. The longest exact decimal form of a double has 767 significant digits;
    /// anything longer is an attempt to burn time.
    package var numberBytes = 1100

    package init() {}
}
