DROP TABLE job_result;
DROP TABLE job;
