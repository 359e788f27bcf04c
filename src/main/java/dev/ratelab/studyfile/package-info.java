/**
 * Reading study files (HOCON): the parser, a reader for each block, and what refuses a study before anything runs.
 *
 * <p>Every refusal is a {@link dev.ratelab.study.StudyException} that names key, value, what is allowed and where.
 */
package dev.ratelab.studyfile;
