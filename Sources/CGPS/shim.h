#pragma once
// libgps as one pure function: a line of gpsd's JSON in, one flat report out.
//
// Works with the headers of gpsd 3.20 and later. It keeps away from what was renamed between
// versions (STATUS_*), moved in or out of the union (gst, attitude, version, error) or changed its
// type (gps_fd), so that the Swift side needs no version of its own.
#include <gps.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if GPSD_API_MAJOR_VERSION < 9
#error "libgps is too old: gpsd 3.20 or later is needed"
#endif

// Longest device path that is kept, its end included; gpsd's own bound is PATH_MAX or less.
#define CGPS_PATH_BYTES 256

// What one line says. Numbers that the line does not have are NaN.
struct cgps_report {
    bool has_fix;     // the line was a TPV
    bool has_sky;     // the line was a SKY
    bool has_devices; // the line was DEVICES
    bool has_time;
    int mode;
    int64_t time_seconds;
    int64_t time_nanoseconds;
    double latitude;
    double longitude;
    double altitude_hae;
    double altitude_msl;
    double geoid_separation;
    double eph;
    double epx;
    double epy;
    double epv;
    double speed;
    double track;
    int satellites_used;
    int satellites_visible;
    int device_count;
    char device[CGPS_PATH_BYTES];
};

// Memory for one decoder, about 25 kB; the caller frees it with cgps_decoder_free. NULL when there is
// none. Swift sees an opaque pointer.
static inline void *cgps_decoder_new(void) { return calloc(1, sizeof(struct gps_data_t)); }

static inline void cgps_decoder_free(void *decoder) { free(decoder); }

// The version of the header that this was compiled against.
static inline int cgps_api_major_version(void) { return GPSD_API_MAJOR_VERSION; }

// Decodes one line, which ends with a zero byte and which libgps may change. Keeps nothing of
// earlier lines. False when libgps could not parse it. libgps has static state: one call at a time.
static inline bool cgps_decode(void *decoder, char *line, struct cgps_report *report) {
    struct gps_data_t *data = (struct gps_data_t *)decoder;
    memset(data, 0, sizeof *data);
    data->fix.latitude = data->fix.longitude = NAN;
    data->fix.altHAE = data->fix.altMSL = data->fix.geoid_sep = NAN;
    data->fix.eph = data->fix.epx = data->fix.epy = data->fix.epv = NAN;
    data->fix.speed = data->fix.track = NAN;
    memset(report, 0, sizeof *report);
    if (gps_unpack(line, data) != 0) return false;
    report->has_fix = (data->set & MODE_SET) != 0;
    report->has_sky = (data->set & SATELLITE_SET) != 0;
    report->has_devices = (data->set & DEVICELIST_SET) != 0;
    report->has_time = (data->set & TIME_SET) != 0 && data->fix.time.tv_sec > 0;
    report->mode = data->fix.mode;
    report->time_seconds = (int64_t)data->fix.time.tv_sec;
    report->time_nanoseconds = (int64_t)data->fix.time.tv_nsec;
    report->latitude = data->fix.latitude;
    report->longitude = data->fix.longitude;
    report->altitude_hae = data->fix.altHAE;
    report->altitude_msl = data->fix.altMSL;
    report->geoid_separation = data->fix.geoid_sep;
    report->eph = data->fix.eph;
    report->epx = data->fix.epx;
    report->epy = data->fix.epy;
    report->epv = data->fix.epv;
    report->speed = data->fix.speed;
    report->track = data->fix.track;
    report->satellites_used = data->satellites_used;
    report->satellites_visible = data->satellites_visible;
    report->device_count = data->devices.ndevices;
    memccpy(report->device, data->dev.path, 0, sizeof report->device - 1);
    return true;
}
