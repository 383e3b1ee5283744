/// Somebody who calls; what stands above their column in `RightsTable`.
enum RightsPerson: String, CaseIterable {
    /// Without a token.
    case none
    /// With a token that is nobody's.
    case bad
    /// A superuser, who is in no organisation.
    case root
    /// The same superuser, with a token that is bound to another organisation.
    case away
    /// Staff with every permission who own the organisation.
    case own
    /// Staff with every permission who manage it.
    case man
    /// Staff who manage it, with the permissions to look only.
    case view
    /// Who manages it with every permission, and is not staff.
    case lay
    /// Staff with every permission, a member of it.
    case mem
    /// Staff with every permission, a `readonly` member of it.
    case ro
    /// Staff with every permission who own another organisation, and are nothing in this one.
    case out
}

/// Who is answered what: a line a route, a column a person.
///
/// A line with a path only begins the paths of those that follow it. In a path `{device}` is one
/// that all cells share, `{new-device}` one that is made for the cell; `RightsScene` has them all.
/// Of several lines for a route all but one have a word with `#`. A cell is the status, 101 for a
/// socket that opens; a minus behind it says that the answer tells nothing of the organisation
/// whose things are asked for. Refusals never do.
struct RightsTable {
    static let text = """
                                                none bad root away own man view lay mem  ro   out
        /api/v1/
        GET    devices                          401  401 200  200- 200 200 200  200 200  200  200-
        GET    devices #home                    401  401 200  403  200 200 200  200 200  200  403
        GET    sessions                         401  401 200  200- 200 200 200  200 200  200  200-
        GET    sessions #home                   401  401 200  403  200 200 200  200 200  200  403
        GET    sessions?device={device} #device 401  401 200  200- 200 200 200  200 200  200  200-
        POST   sessions                         401  401 201  404  201 201 201  201 201  403  404
        POST   sessions #home                   401  401 201  403  201 201 201  201 201  403  403
        POST   sessions #filters                401  401 201  404  201 201 201  201 201  403  404
        GET    sessions/{lease}                 401  401 200  404  200 200 200  200 200  200  404
        GET    sessions/{lease} #home           401  401 200  403  200 200 200  200 200  200  403
        POST   sessions/{new-lease}/release     401  401 200  404  200 200 200  200 403  403  404
        POST   sessions/{new-lease}/release #home
                                                401  401 200  403  200 200 200  200 403  403  403
        POST   sessions/{own-lease}/release #own
                                                401  401 200  404  200 200 200  200 200  403  404
        POST   sessions/{new-lease}/hand-over   401  401 201  404  201 201 201  201 403  403  404
        POST   sessions/{new-lease}/hand-over #home
                                                401  401 201  403  201 201 201  201 403  403  403
        POST   sessions/{own-lease}/hand-over #own
                                                401  401 201  404  201 201 201  201 201  403  404
        POST   sessions/{new-lease}/heartbeat   401  401 403  404  403 403 403  403 403  403  404
        POST   sessions/{own-lease}/heartbeat #own
                                                401  401 200  404  200 200 200  200 200  403  404

        /api/v1/controller/device/
        GET                                     401  401 200  200- 200 200 200  403 200- 200- 200-
        POST                                    401  401 201  400  201 201 403  403 400  400  400
        GET    {device}/                        401  401 200  404  200 200 200  403 404  404  404
        PUT    {new-device}/                    401  401 200  404  200 200 403  403 404  404  404
        PATCH  {new-device}/                    401  401 200  404  200 200 403  403 404  404  404
        DELETE {new-device}/                    401  401 204  404  204 204 403  403 404  404  404
        GET    {device}/connection/             401  401 200  404  200 200 200  403 404  404  404
        POST   {new-device}/connection/         401  401 201  404  201 201 403  403 404  404  404
        GET    {device}/connection/{connection}/
                                                401  401 200  404  200 200 200  403 404  404  404
        PUT    {new-device}/connection/{new-connection}/
                                                401  401 200  404  200 200 403  403 404  404  404
        PATCH  {new-device}/connection/{new-connection}/
                                                401  401 200  404  200 200 403  403 404  404  404
        DELETE {new-device}/connection/{new-connection}/
                                                401  401 204  404  204 204 403  403 404  404  404
        GET    {device}/command/                401  401 200  404  200 200 200  403 404  404  404
        POST   {new-device}/command/            401  401 201  404  201 201 403  403 404  404  404
        GET    {device}/command/{command}/      401  401 200  404  200 200 200  403 404  404  404
        GET    {foreign}/connection/{connection}/ #foreign
                                                401  401 404  404  404 404 404  403 404  404  404
        DELETE {foreign}/connection/{connection}/ #foreign
                                                401  401 404  404  404 404 403  403 404  404  404
        POST   {foreign}/command/ #foreign      401  401 400  400  404 404 403  403 404  404  400
        GET    {foreign}/command/{command}/ #foreign
                                                401  401 404  404  404 404 404  403 404  404  404
        GET    {device}/location/               401  401 200  404  200 200 200  403 404  404  404
        PUT    {new-device}/location/           401  401 201  404  201 201 403  403 404  404  404
        PUT    {new-device}/location/ #inside   401  401 201  404  201 201 403  403 404  404  404
        PUT    {foreign}/location/ #foreign     401  401 400  400  404 404 403  403 404  404  400
        GET    {device}/coordinates/?key={key}  200  200 200  200  200 200 200  200 200  200  200
        GET    {device}/coordinates/ #keyless   403  403 403  403  403 403 403  403 403  403  403
        PUT    {device}/coordinates/?key={key}  200  200 200  200  200 200 200  200 200  200  200
        PUT    {device}/coordinates/ #keyless   403  403 403  403  403 403 403  403 403  403  403
        PATCH  {device}/coordinates/?key={key}  200  200 200  200  200 200 200  200 200  200  200
        PATCH  {device}/coordinates/?key=x #wrong
                                                403  403 403  403  403 403 403  403 403  403  403

        /api/v1/controller/location/
        GET                                     401  401 200  200- 200 200 200  403 200- 200- 200-
        GET    geojson/                         401  401 200  200- 200 200 200  403 200- 200- 200-
        POST                                    401  401 201  400  201 201 403  403 400  400  400
        GET    {location}/                      401  401 200  404  200 200 200  403 404  404  404
        PUT    {new-location}/                  401  401 200  404  200 200 403  403 404  404  404
        PATCH  {new-location}/                  401  401 200  404  200 200 403  403 404  404  404
        DELETE {new-location}/                  401  401 204  404  204 204 403  403 404  404  404

        /api/v1/users/
        POST   token/                           200  200 200  200- 200 200 200  200 200  200  200-

        /ws/
        GET    controller/device/{device}/command
                                                403  403 101  403  101 101 403  403 403  403  403
        GET    controller/device/{unknown}/command #unknown
                                                403  403 403  403  403 403 403  403 403  403  403
        GET    loci/location/{unknown}/ #unknown
                                                403  403 403  403  403 403 403  403 403  403  403
        GET    loci/location/{location}/        403  403 101  403  101 101 101  403 403  403  403
        GET    loci/location/                   403  403 101  101- 101 101 101  403 101  101  101-

        /v1/
        GET    authority                        204  204 204  204- 204 204 204  204 204  204  204-
        GET    authority/boresight-authority.crt 404 404 404  404- 404 404 404  404 404  404  404-
        GET    pairing-urls?token={session}     200  200 200  200- 200 200 200  200 200  200  200-
        GET    health                           200- 200- 200 200- 200 200 200  200 200  200  200-
        GET    trackers?token={session}         200  200 200  200- 200 200 200  200 200  200  200-
        GET    wifi                             401  401 204  204- 204 204 204  204 204  204  204-
        GET    me                               401  401 200  200- 200 200 200  200 200  200  200-
        GET    timeline                         401  401 200  200- 200 200 200  200 200  200  200
        GET    timeline?user={user} #other      401  401 200  403  403 403 403  403 403  403  403
        GET    users                            401  401 200  403  403 403 403  403 403  403  403
        POST   users                            401  401 201  403  403 403 403  403 403  403  403
        GET    users/{user}                     401  401 200  403  403 403 403  403 403  403  403
        PUT    users/{new-user}/password        401  401 204  403  403 403 403  403 403  403  403
        PUT    users/{me}/password #own         401  401 204  403  204 204 204  204 204  204  204
        GET    me/second-factor                 401  401 200  200- 200 200 200  200 200  200  200-
        POST   me/second-factor                 401  401 201  403  201 201 201  201 201  201  201
        POST   me/second-factor/confirm         401  401 400  403  400 400 400  400 400  400  400
        POST   me/second-factor/remove          401  401 204  403  204 204 204  204 204  204  204
        DELETE users/{new-user}/second-factor   401  401 409  403  403 403 403  403 403  403  403
        GET    organizations                    401  401 200  403  403 403 403  403 403  403  403
        POST   organizations                    401  401 201  403  403 403 403  403 403  403  403
        GET    organizations/{home}/members     401  401 200  403  403 403 403  403 403  403  403
        PUT    organizations/{home}/members/{new-user}
                                                401  401 200  403  403 403 403  403 403  403  403
        DELETE organizations/{home}/members/{new-member}
                                                401  401 204  403  403 403 403  403 403  403  403
        GET    tokens                           401  401 200  403  403 403 403  403 403  403  403
        POST   tokens                           401  401 201  403  403 403 403  403 403  403  403
        DELETE tokens/{new-token}               401  401 204  403  403 403 403  403 403  403  403
        GET    tiles                            200  200 200  200  200 200 200  200 200  200  200
        GET    tiles/{word}/{word}/{word}/{word} 404  404 404  404  404 404 404  404 404  404  404
        POST   recordings                       401  401 202  202  202 202 403  202 202  202  202
        GET    recordings                       401  401 200  403  403 403 403  403 403  403  403
        GET    recordings/{word}/scene          401  401 404  403  403 403 403  403 403  403  403
        POST   recordings/{word}/stop           401  401 204  204  204 204 403  204 204  204  204
        GET    locations/{location}/trail       401  401 200  404  200 200 200  403 404  404  404
        GET    locations/{location}/source      401  401 200  404  200 200 200  403 404  404  404
        PUT    locations/{new-location}/source  401  401 200  404  200 200 403  403 404  404  404
        DELETE locations/{followed}/source      401  401 204  404  204 204 403  403 404  404  404
        GET    workspace-sessions               401  401 200  403  403 403 403  403 403  403  403
        POST   workspace-sessions/{new-work}/end
                                                401  401 200  403  403 403 403  403 403  403  403

        /api/rotors
        GET                                     200  200 200  200  200 200 200  200 200  200  200
        POST                                    401  401 201  201  201 201 403  201 201  201  201
        POST   #device                          401  401 201  400  201 201 403  201 201  201  400
        GET    /{rotor}                         200  200 200  200  200 200 200  200 200  200  200
        PUT    /{new-rotor}                     401  401 200  200  200 200 403  200 200  200  200
        PUT    /{new-rotor} #device             401  401 200  400  200 200 403  200 200  200  400
        DELETE /{new-rotor}                     401  401 204  204  204 204 403  204 204  204  204
        GET    /{rotor}/test                    200  200 200  200  200 200 200  200 200  200  200
        GET    /{rotor}/position                200  200 200  200  200 200 200  200 200  200  200
        POST   /{new-rotor}/point               401  401 200  200  200 200 403  200 200  200  200
        POST   /{new-rotor}/point #location     401  401 200  404  200 200 403  200 200  200  404
        POST   /{new-rotor}/stop                401  401 200  200  200 200 200  200 200  200  200
        POST   /{new-rotor}/park                401  401 200  200  200 200 403  200 200  200  200
        POST   /{new-rotor}/pair                401  401 200  200  200 200 403  200 200  200  200
        DELETE /{new-rotor}/pair                401  401 204  204  204 204 403  204 204  204  204
        """

    /// What is changed and shown nowhere: passwords, heartbeats, recordings, and whether a rotor
    /// that stands still was told to; or shown to nobody else, as one's second factor.
    static let unseen: Set = [
        "PUT /v1/users/{new-user}/password", "PUT /v1/users/{me}/password #own",
        "POST /v1/me/second-factor", "POST /v1/me/second-factor/confirm",
        "POST /v1/me/second-factor/remove",
        "POST /api/v1/sessions/{own-lease}/heartbeat #own", "POST /api/v1/users/token/",
        "POST /v1/recordings", "POST /v1/recordings/{word}/stop",
        "POST /api/rotors/{new-rotor}/point", "POST /api/rotors/{new-rotor}/stop",
        "POST /api/rotors/{new-rotor}/park", "POST /api/rotors/{new-rotor}/pair",
        "DELETE /api/rotors/{new-rotor}/pair",
    ]

    /// What changes by itself and so cannot show what somebody has changed: recordings grow.
    static let restless: Set = ["GET /v1/recordings"]

    /// What the routes take, where it is anything; a path as in the table, without its query.
    static let bodies: [String: String] = [
        "POST /api/v1/sessions": #"{"device":"{new-device}"}"#,
        "POST /api/v1/sessions #home": #"{"device":"{new-device}"}"#,
        "POST /api/v1/sessions #filters":
            #"{"filters":[{"attribute":"type","operator":"EQUALS","value":"{new-type}"}]}"#,
        "POST /api/v1/sessions/{new-lease}/hand-over": #"{"user":"{new-member}"}"#,
        "POST /api/v1/sessions/{new-lease}/hand-over #home": #"{"user":"{new-member}"}"#,
        "POST /api/v1/sessions/{own-lease}/hand-over #own": #"{"user":"{new-member}"}"#,
        "POST /api/v1/controller/device/": #"{"name":"{word}","organization":"{home}"}"#,
        "PUT /api/v1/controller/device/{new-device}/": #"{"name":"{word}"}"#,
        "PATCH /api/v1/controller/device/{new-device}/": #"{"platform":"{word}"}"#,
        "POST /api/v1/controller/device/{new-device}/connection/":
            #"{"driver":"simulated","parameters":{}}"#,
        "PUT /api/v1/controller/device/{new-device}/connection/{new-connection}/":
            #"{"driver":"simulated","parameters":{"timeout":7}}"#,
        "PATCH /api/v1/controller/device/{new-device}/connection/{new-connection}/":
            #"{"parameters":{"timeout":7}}"#,
        "POST /api/v1/controller/device/{new-device}/command/":
            #"{"type":"reboot","connection":"{new-connection}"}"#,
        "POST /api/v1/controller/device/{foreign}/command/ #foreign":
            #"{"type":"reboot","connection":"{connection}"}"#,
        "PUT /api/v1/controller/device/{new-device}/location/": #"{"location":"{location}"}"#,
        "PUT /api/v1/controller/device/{new-device}/location/ #inside":
            #"{"location":{"name":"{word}"}}"#,
        "PUT /api/v1/controller/device/{foreign}/location/ #foreign":
            #"{"location":"{location}"}"#,
        "PUT /api/v1/controller/device/{device}/coordinates/": feature,
        "PUT /api/v1/controller/device/{device}/coordinates/ #keyless": feature,
        "PATCH /api/v1/controller/device/{device}/coordinates/": feature,
        "PATCH /api/v1/controller/device/{device}/coordinates/ #wrong": feature,
        "POST /api/v1/controller/location/": #"{"name":"{word}","organization":"{home}"}"#,
        "PUT /api/v1/controller/location/{new-location}/": #"{"name":"{word}"}"#,
        "PATCH /api/v1/controller/location/{new-location}/": #"{"address":"{word}"}"#,
        "POST /api/v1/users/token/":
            #"{"username":"{login}","password":"\#(RightsScene.password)"}"#,
        "POST /v1/users": #"{"email":"{word}@x","superuser":true}"#,
        "PUT /v1/users/{new-user}/password": #"{"password":"{word}"}"#,
        "PUT /v1/users/{me}/password #own": #"{"password":"{word}"}"#,
        "POST /v1/me/second-factor/confirm": #"{"code":"no code"}"#,
        "POST /v1/organizations": #"{"name":"{word}"}"#,
        "PUT /v1/organizations/{home}/members/{new-user}": #"{"role":"owner"}"#,
        "POST /v1/tokens": #"{"user":"{user}"}"#,
        "POST /v1/recordings": #"{"name":"{word}"}"#,
        "PUT /v1/locations/{new-location}/source": #"{"type":"station"}"#,
        "POST /api/rotors": #"{"name":"{word}","driver":"simulated"}"#,
        "POST /api/rotors #device":
            #"{"name":"{word}","driver":"simulated","device":"{new-device}"}"#,
        "PUT /api/rotors/{new-rotor}": #"{"name":"{word}"}"#,
        "PUT /api/rotors/{new-rotor} #device": #"{"device":"{new-device}"}"#,
        "POST /api/rotors/{new-rotor}/point": #"{"azimuth":10,"elevation":20}"#,
        "POST /api/rotors/{new-rotor}/point #location":
            #"{"target_type":"location","target_id":"{location}"}"#,
        "POST /api/rotors/{new-rotor}/pair": #"{"token":"{session}"}"#,
    ]

    private static let feature =
        #"{"type":"Feature","geometry":{"type":"Point","coordinates":[4.36,52.01,2000]}}"#
}
