/// What a store can do at this moment.
package enum StoreHealth: Sendable, Equatable {
    /// Turns become durable.
    case ok
    /// Writing fails; every turn is kept and tried again. `attempts` counts the failures in a row.
    case failing(reason: StoreError, attempts: Int)
    /// More turns wait than the disk will take soon. All are kept; the edge should refuse requests
    /// that change state until health is `ok`. `reason` is set when the disk also fails.
    case overloaded(pendingTurns: Int, reason: StoreError?)
    /// No turn handed over from now on will ever be durable; the process should end and start
    /// again from what is on the disk. Turns acknowledged before are safe.
    case halted(reason: StoreError)
}
