#include "Web.h"

// Older compilers call it an extension of C; it is in C23.
#pragma clang diagnostic ignored "-Wc23-extensions"

// A file is added in two places here, and nowhere else: its bytes and its name.

static const unsigned char shell_account_js[] = {
#embed "shell/account.js"
};
static const unsigned char shell_act_js[] = {
#embed "shell/act.js"
};
static const unsigned char shell_bar_js[] = {
#embed "shell/bar.js"
};
static const unsigned char shell_connection_js[] = {
#embed "shell/connection.js"
};
static const unsigned char shell_desk_css[] = {
#embed "shell/desk.css"
};
static const unsigned char shell_doors_js[] = {
#embed "shell/doors.js"
};
static const unsigned char shell_live_js[] = {
#embed "shell/live.js"
};
static const unsigned char shell_looks_js[] = {
#embed "shell/looks.js"
};
static const unsigned char shell_menu_js[] = {
#embed "shell/menu.js"
};
static const unsigned char shell_once_js[] = {
#embed "shell/once.js"
};
static const unsigned char shell_pulse_js[] = {
#embed "shell/pulse.js"
};
static const unsigned char shell_rows_js[] = {
#embed "shell/rows.js"
};
static const unsigned char shell_save_js[] = {
#embed "shell/save.js"
};
static const unsigned char shell_shell_css[] = {
#embed "shell/shell.css"
};
static const unsigned char shell_socket_js[] = {
#embed "shell/socket.js"
};
static const unsigned char shell_theme_js[] = {
#embed "shell/theme.js"
};
static const unsigned char shell_times_js[] = {
#embed "shell/times.js"
};
static const unsigned char rotor_panel_js[] = {
#embed "rotor/panel.js"
};
static const unsigned char rotor_polar_js[] = {
#embed "rotor/polar.js"
};
static const unsigned char rotor_relay_js[] = {
#embed "rotor/relay.js"
};
static const unsigned char rotor_typed_js[] = {
#embed "rotor/typed.js"
};
static const unsigned char map_canvas_js[] = {
#embed "map/canvas.js"
};
static const unsigned char map_countries_geojson[] = {
#embed "map/countries.geojson"
};
static const unsigned char map_geodesy_js[] = {
#embed "map/geodesy.js"
};
static const unsigned char map_grids_js[] = {
#embed "map/grids.js"
};
static const unsigned char map_layers_js[] = {
#embed "map/layers.js"
};
static const unsigned char map_map_css[] = {
#embed "map/map.css"
};
static const unsigned char map_map_js[] = {
#embed "map/map.js"
};
static const unsigned char map_outlines_js[] = {
#embed "map/outlines.js"
};
static const unsigned char map_points_js[] = {
#embed "map/points.js"
};
static const unsigned char map_station_js[] = {
#embed "map/station.js"
};
static const unsigned char console_console_css[] = {
#embed "console/console.css"
};
static const unsigned char console_console_html[] = {
#embed "console/console.html"
};
static const unsigned char console_console_js[] = {
#embed "console/console.js"
};
static const unsigned char console_health_js[] = {
#embed "console/health.js"
};
static const unsigned char console_lease_js[] = {
#embed "console/lease.js"
};
static const unsigned char console_pairing_js[] = {
#embed "console/pairing.js"
};
static const unsigned char console_pointing_js[] = {
#embed "console/pointing.js"
};
static const unsigned char console_rotors_js[] = {
#embed "console/rotors.js"
};
static const unsigned char console_sectors_js[] = {
#embed "console/sectors.js"
};
static const unsigned char console_session_js[] = {
#embed "console/session.js"
};
static const unsigned char console_setup_js[] = {
#embed "console/setup.js"
};
static const unsigned char console_station_js[] = {
#embed "console/station.js"
};
static const unsigned char console_wifi_js[] = {
#embed "console/wifi.js"
};
static const unsigned char phone_abilities_js[] = {
#embed "phone/abilities.js"
};
static const unsigned char phone_attitude_js[] = {
#embed "phone/attitude.js"
};
static const unsigned char phone_awake_js[] = {
#embed "phone/awake.js"
};
static const unsigned char phone_compass_js[] = {
#embed "phone/compass.js"
};
static const unsigned char phone_joining_js[] = {
#embed "phone/joining.js"
};
static const unsigned char phone_phone_css[] = {
#embed "phone/phone.css"
};
static const unsigned char phone_phone_html[] = {
#embed "phone/phone.html"
};
static const unsigned char phone_phone_js[] = {
#embed "phone/phone.js"
};
static const unsigned char phone_picker_js[] = {
#embed "phone/picker.js"
};
static const unsigned char phone_places_js[] = {
#embed "phone/places.js"
};
static const unsigned char phone_point_js[] = {
#embed "phone/point.js"
};
static const unsigned char phone_pointing_js[] = {
#embed "phone/pointing.js"
};
static const unsigned char phone_sections_js[] = {
#embed "phone/sections.js"
};
static const unsigned char phone_share_js[] = {
#embed "phone/share.js"
};
static const unsigned char phone_sharing_js[] = {
#embed "phone/sharing.js"
};
static const unsigned char phone_trackers_js[] = {
#embed "phone/trackers.js"
};
static const unsigned char phone_typed_js[] = {
#embed "phone/typed.js"
};
static const unsigned char phone_wayout_js[] = {
#embed "phone/wayout.js"
};
static const unsigned char fleet_antenna_js[] = {
#embed "fleet/antenna.js"
};
static const unsigned char fleet_chosen_js[] = {
#embed "fleet/chosen.js"
};
static const unsigned char fleet_commands_js[] = {
#embed "fleet/commands.js"
};
static const unsigned char fleet_device_js[] = {
#embed "fleet/device.js"
};
static const unsigned char fleet_devices_js[] = {
#embed "fleet/devices.js"
};
static const unsigned char fleet_download_js[] = {
#embed "fleet/download.js"
};
static const unsigned char fleet_feed_js[] = {
#embed "fleet/feed.js"
};
static const unsigned char fleet_fleet_css[] = {
#embed "fleet/fleet.css"
};
static const unsigned char fleet_fleet_html[] = {
#embed "fleet/fleet.html"
};
static const unsigned char fleet_fleet_js[] = {
#embed "fleet/fleet.js"
};
static const unsigned char fleet_holdings_js[] = {
#embed "fleet/holdings.js"
};
static const unsigned char fleet_leases_js[] = {
#embed "fleet/leases.js"
};
static const unsigned char fleet_list_js[] = {
#embed "fleet/list.js"
};
static const unsigned char fleet_locations_js[] = {
#embed "fleet/locations.js"
};
static const unsigned char fleet_organization_js[] = {
#embed "fleet/organization.js"
};
static const unsigned char fleet_output_js[] = {
#embed "fleet/output.js"
};
static const unsigned char fleet_people_js[] = {
#embed "fleet/people.js"
};
static const unsigned char fleet_picture_js[] = {
#embed "fleet/picture.js"
};
static const unsigned char fleet_rights_js[] = {
#embed "fleet/rights.js"
};
static const unsigned char fleet_rotors_js[] = {
#embed "fleet/rotors.js"
};
static const unsigned char fleet_trails_js[] = {
#embed "fleet/trails.js"
};
static const unsigned char fleet_travel_js[] = {
#embed "fleet/travel.js"
};
static const unsigned char nights_access_js[] = {
#embed "nights/access.js"
};
static const unsigned char nights_catalogue_js[] = {
#embed "nights/catalogue.js"
};
static const unsigned char nights_chat_js[] = {
#embed "nights/chat.js"
};
static const unsigned char nights_door_js[] = {
#embed "nights/door.js"
};
static const unsigned char nights_evening_js[] = {
#embed "nights/evening.js"
};
static const unsigned char nights_export_js[] = {
#embed "nights/export.js"
};
static const unsigned char nights_history_js[] = {
#embed "nights/history.js"
};
static const unsigned char nights_host_css[] = {
#embed "nights/host.css"
};
static const unsigned char nights_host_html[] = {
#embed "nights/host.html"
};
static const unsigned char nights_host_js[] = {
#embed "nights/host.js"
};
static const unsigned char nights_night_js[] = {
#embed "nights/night.js"
};
static const unsigned char nights_nights_js[] = {
#embed "nights/nights.js"
};
static const unsigned char nights_room_js[] = {
#embed "nights/room.js"
};
static const unsigned char nights_stage_css[] = {
#embed "nights/stage.css"
};
static const unsigned char nights_stage_html[] = {
#embed "nights/stage.html"
};
static const unsigned char nights_stage_js[] = {
#embed "nights/stage.js"
};
static const unsigned char nights_votes_js[] = {
#embed "nights/votes.js"
};
static const unsigned char nights_watch_js[] = {
#embed "nights/watch.js"
};
static const unsigned char nights_webhooks_js[] = {
#embed "nights/webhooks.js"
};
static const unsigned char workspaces_audit_js[] = {
#embed "workspaces/audit.js"
};
static const unsigned char workspaces_door_js[] = {
#embed "workspaces/door.js"
};
static const unsigned char workspaces_editor_js[] = {
#embed "workspaces/editor.js"
};
static const unsigned char workspaces_everybody_js[] = {
#embed "workspaces/everybody.js"
};
static const unsigned char workspaces_factor_js[] = {
#embed "workspaces/factor.js"
};
static const unsigned char workspaces_offers_js[] = {
#embed "workspaces/offers.js"
};
static const unsigned char workspaces_reading_js[] = {
#embed "workspaces/reading.js"
};
static const unsigned char workspaces_sessions_js[] = {
#embed "workspaces/sessions.js"
};
static const unsigned char workspaces_viewer_js[] = {
#embed "workspaces/viewer.js"
};
static const unsigned char workspaces_watch_js[] = {
#embed "workspaces/watch.js"
};
static const unsigned char workspaces_workspaces_css[] = {
#embed "workspaces/workspaces.css"
};
static const unsigned char workspaces_workspaces_html[] = {
#embed "workspaces/workspaces.html"
};
static const unsigned char workspaces_workspaces_js[] = {
#embed "workspaces/workspaces.js"
};
static const unsigned char replay_address_js[] = {
#embed "replay/address.js"
};
static const unsigned char replay_canvas_js[] = {
#embed "replay/canvas.js"
};
static const unsigned char replay_details_js[] = {
#embed "replay/details.js"
};
static const unsigned char replay_filter_js[] = {
#embed "replay/filter.js"
};
static const unsigned char replay_findings_js[] = {
#embed "replay/findings.js"
};
static const unsigned char replay_lanes_js[] = {
#embed "replay/lanes.js"
};
static const unsigned char replay_messages_js[] = {
#embed "replay/messages.js"
};
static const unsigned char replay_narrator_js[] = {
#embed "replay/narrator.js"
};
static const unsigned char replay_opening_js[] = {
#embed "replay/opening.js"
};
static const unsigned char replay_overview_js[] = {
#embed "replay/overview.js"
};
static const unsigned char replay_pictures_js[] = {
#embed "replay/pictures.js"
};
static const unsigned char replay_plaintext_js[] = {
#embed "replay/plaintext.js"
};
static const unsigned char replay_player_js[] = {
#embed "replay/player.js"
};
static const unsigned char replay_positions_js[] = {
#embed "replay/positions.js"
};
static const unsigned char replay_readouts_js[] = {
#embed "replay/readouts.js"
};
static const unsigned char replay_recordingfile_js[] = {
#embed "replay/recordingfile.js"
};
static const unsigned char replay_recordinglines_js[] = {
#embed "replay/recordinglines.js"
};
static const unsigned char replay_replay_css[] = {
#embed "replay/replay.css"
};
static const unsigned char replay_replay_html[] = {
#embed "replay/replay.html"
};
static const unsigned char replay_replay_js[] = {
#embed "replay/replay.js"
};
static const unsigned char replay_scene_js[] = {
#embed "replay/scene.js"
};
static const unsigned char replay_scenebuilder_js[] = {
#embed "replay/scenebuilder.js"
};
static const unsigned char replay_seen_js[] = {
#embed "replay/seen.js"
};
static const unsigned char replay_then_js[] = {
#embed "replay/then.js"
};
static const unsigned char replay_times_js[] = {
#embed "replay/times.js"
};
static const unsigned char replay_transport_js[] = {
#embed "replay/transport.js"
};

// Leaflet, from Debian's libjs-leaflet; small where the package has it so.
static const unsigned char leaflet_js[] = {
#if __has_embed(</usr/share/javascript/leaflet/leaflet.min.js>)
#embed </usr/share/javascript/leaflet/leaflet.min.js>
#else
#embed </usr/share/javascript/leaflet/leaflet.js>
#endif
};
static const unsigned char leaflet_css[] = {
#embed </usr/share/javascript/leaflet/leaflet.css>
};
static const unsigned char leaflet_licence[] = {
#embed </usr/share/doc/libjs-leaflet/copyright>
};

#define FILE(name, bytes) { name, bytes, sizeof bytes }

static const struct web_file files[] = {
    FILE("shell/account.js", shell_account_js),
    FILE("shell/act.js", shell_act_js),
    FILE("shell/bar.js", shell_bar_js),
    FILE("shell/connection.js", shell_connection_js),
    FILE("shell/desk.css", shell_desk_css),
    FILE("shell/doors.js", shell_doors_js),
    FILE("shell/live.js", shell_live_js),
    FILE("shell/looks.js", shell_looks_js),
    FILE("shell/menu.js", shell_menu_js),
    FILE("shell/once.js", shell_once_js),
    FILE("shell/pulse.js", shell_pulse_js),
    FILE("shell/rows.js", shell_rows_js),
    FILE("shell/save.js", shell_save_js),
    FILE("shell/shell.css", shell_shell_css),
    FILE("shell/socket.js", shell_socket_js),
    FILE("shell/theme.js", shell_theme_js),
    FILE("shell/times.js", shell_times_js),
    FILE("rotor/panel.js", rotor_panel_js),
    FILE("rotor/polar.js", rotor_polar_js),
    FILE("rotor/relay.js", rotor_relay_js),
    FILE("rotor/typed.js", rotor_typed_js),
    FILE("map/canvas.js", map_canvas_js),
    FILE("map/countries.geojson", map_countries_geojson),
    FILE("map/geodesy.js", map_geodesy_js),
    FILE("map/grids.js", map_grids_js),
    FILE("map/layers.js", map_layers_js),
    FILE("map/map.css", map_map_css),
    FILE("map/map.js", map_map_js),
    FILE("map/outlines.js", map_outlines_js),
    FILE("map/points.js", map_points_js),
    FILE("map/station.js", map_station_js),
    FILE("console/console.css", console_console_css),
    FILE("console/console.html", console_console_html),
    FILE("console/console.js", console_console_js),
    FILE("console/health.js", console_health_js),
    FILE("console/lease.js", console_lease_js),
    FILE("console/pairing.js", console_pairing_js),
    FILE("console/pointing.js", console_pointing_js),
    FILE("console/rotors.js", console_rotors_js),
    FILE("console/sectors.js", console_sectors_js),
    FILE("console/session.js", console_session_js),
    FILE("console/setup.js", console_setup_js),
    FILE("console/station.js", console_station_js),
    FILE("console/wifi.js", console_wifi_js),
    FILE("phone/abilities.js", phone_abilities_js),
    FILE("phone/attitude.js", phone_attitude_js),
    FILE("phone/awake.js", phone_awake_js),
    FILE("phone/compass.js", phone_compass_js),
    FILE("phone/joining.js", phone_joining_js),
    FILE("phone/phone.css", phone_phone_css),
    FILE("phone/phone.html", phone_phone_html),
    FILE("phone/phone.js", phone_phone_js),
    FILE("phone/picker.js", phone_picker_js),
    FILE("phone/places.js", phone_places_js),
    FILE("phone/point.js", phone_point_js),
    FILE("phone/pointing.js", phone_pointing_js),
    FILE("phone/sections.js", phone_sections_js),
    FILE("phone/share.js", phone_share_js),
    FILE("phone/sharing.js", phone_sharing_js),
    FILE("phone/trackers.js", phone_trackers_js),
    FILE("phone/typed.js", phone_typed_js),
    FILE("phone/wayout.js", phone_wayout_js),
    FILE("fleet/antenna.js", fleet_antenna_js),
    FILE("fleet/chosen.js", fleet_chosen_js),
    FILE("fleet/commands.js", fleet_commands_js),
    FILE("fleet/device.js", fleet_device_js),
    FILE("fleet/devices.js", fleet_devices_js),
    FILE("fleet/download.js", fleet_download_js),
    FILE("fleet/feed.js", fleet_feed_js),
    FILE("fleet/fleet.css", fleet_fleet_css),
    FILE("fleet/fleet.html", fleet_fleet_html),
    FILE("fleet/fleet.js", fleet_fleet_js),
    FILE("fleet/holdings.js", fleet_holdings_js),
    FILE("fleet/leases.js", fleet_leases_js),
    FILE("fleet/list.js", fleet_list_js),
    FILE("fleet/locations.js", fleet_locations_js),
    FILE("fleet/organization.js", fleet_organization_js),
    FILE("fleet/output.js", fleet_output_js),
    FILE("fleet/people.js", fleet_people_js),
    FILE("fleet/picture.js", fleet_picture_js),
    FILE("fleet/rights.js", fleet_rights_js),
    FILE("fleet/rotors.js", fleet_rotors_js),
    FILE("fleet/trails.js", fleet_trails_js),
    FILE("fleet/travel.js", fleet_travel_js),
    FILE("nights/access.js", nights_access_js),
    FILE("nights/catalogue.js", nights_catalogue_js),
    FILE("nights/chat.js", nights_chat_js),
    FILE("nights/door.js", nights_door_js),
    FILE("nights/evening.js", nights_evening_js),
    FILE("nights/export.js", nights_export_js),
    FILE("nights/history.js", nights_history_js),
    FILE("nights/host.css", nights_host_css),
    FILE("nights/host.html", nights_host_html),
    FILE("nights/host.js", nights_host_js),
    FILE("nights/night.js", nights_night_js),
    FILE("nights/nights.js", nights_nights_js),
    FILE("nights/room.js", nights_room_js),
    FILE("nights/stage.css", nights_stage_css),
    FILE("nights/stage.html", nights_stage_html),
    FILE("nights/stage.js", nights_stage_js),
    FILE("nights/votes.js", nights_votes_js),
    FILE("nights/watch.js", nights_watch_js),
    FILE("nights/webhooks.js", nights_webhooks_js),
    FILE("workspaces/audit.js", workspaces_audit_js),
    FILE("workspaces/door.js", workspaces_door_js),
    FILE("workspaces/editor.js", workspaces_editor_js),
    FILE("workspaces/everybody.js", workspaces_everybody_js),
    FILE("workspaces/factor.js", workspaces_factor_js),
    FILE("workspaces/offers.js", workspaces_offers_js),
    FILE("workspaces/reading.js", workspaces_reading_js),
    FILE("workspaces/sessions.js", workspaces_sessions_js),
    FILE("workspaces/viewer.js", workspaces_viewer_js),
    FILE("workspaces/watch.js", workspaces_watch_js),
    FILE("workspaces/workspaces.css", workspaces_workspaces_css),
    FILE("workspaces/workspaces.html", workspaces_workspaces_html),
    FILE("workspaces/workspaces.js", workspaces_workspaces_js),
    FILE("replay/address.js", replay_address_js),
    FILE("replay/canvas.js", replay_canvas_js),
    FILE("replay/details.js", replay_details_js),
    FILE("replay/filter.js", replay_filter_js),
    FILE("replay/findings.js", replay_findings_js),
    FILE("replay/lanes.js", replay_lanes_js),
    FILE("replay/messages.js", replay_messages_js),
    FILE("replay/narrator.js", replay_narrator_js),
    FILE("replay/opening.js", replay_opening_js),
    FILE("replay/overview.js", replay_overview_js),
    FILE("replay/pictures.js", replay_pictures_js),
    FILE("replay/plaintext.js", replay_plaintext_js),
    FILE("replay/player.js", replay_player_js),
    FILE("replay/positions.js", replay_positions_js),
    FILE("replay/readouts.js", replay_readouts_js),
    FILE("replay/recordingfile.js", replay_recordingfile_js),
    FILE("replay/recordinglines.js", replay_recordinglines_js),
    FILE("replay/replay.css", replay_replay_css),
    FILE("replay/replay.html", replay_replay_html),
    FILE("replay/replay.js", replay_replay_js),
    FILE("replay/scene.js", replay_scene_js),
    FILE("replay/scenebuilder.js", replay_scenebuilder_js),
    FILE("replay/seen.js", replay_seen_js),
    FILE("replay/then.js", replay_then_js),
    FILE("replay/times.js", replay_times_js),
    FILE("replay/transport.js", replay_transport_js),
    FILE("leaflet/leaflet.js", leaflet_js),
    FILE("leaflet/leaflet.css", leaflet_css),
    FILE("leaflet/licence.txt", leaflet_licence),
};

const struct web_file *web_file_at(size_t index) {
    return index < sizeof files / sizeof *files ? &files[index] : NULL;
}
