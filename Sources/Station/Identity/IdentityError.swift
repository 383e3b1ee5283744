/// Why the identity actor refuses.
package enum IdentityError: Error, Sendable, Equatable {
    case unknownUser
    case unknownOrganization
    case unknownMember
    case unknownToken
    case emailIsTaken
    case organizationIsTaken
    case invalidEmail
    case invalidName
    case invalidPermission(String)
    /// A token can act for an organisation only that its user is in.
    case notAMember
    /// A bound of `IdentityLimits` is reached; what there are too many of.
    case tooMany(String)
}
