/**
 * Counts what a registry does, for charts: {@link dev.berth.registry.http.metrics.RequestMetrics} and others, written out by
 * {@link dev.berth.registry.http.metrics.PrometheusText}. Where Docker's registry has a metric, this has the same name.
 */
@NullMarked
package dev.berth.registry.http.metrics;

import org.jspecify.annotations.NullMarked;
